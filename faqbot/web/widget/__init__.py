"""The chat that any web page can show: its script, put together here from the files beside this one."""
