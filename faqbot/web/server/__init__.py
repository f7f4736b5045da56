"""What stands between the network and the application when faqbot serves itself."""
