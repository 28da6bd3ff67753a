"""Names and numbers (地名、地址、门牌): the register, the address library, naming, plates, exchange."""
