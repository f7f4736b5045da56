"""What agents do with tickets, whatever channel they use: read, draft, reply, note, pass on."""
