"""What outlives the process: questions asked, feedback, tickets, edits, users, tokens."""
