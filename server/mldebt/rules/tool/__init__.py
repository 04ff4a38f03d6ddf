"""What is wrong with the words that steer this tool."""
