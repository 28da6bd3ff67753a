"""From a text to its elements (要素), with offsets into the text as given."""
