"""What is not standard in a text (不规范之处), and the repair of what the text alone justifies."""
