"""How sure the reader of comments is, measured on what people of the shop have said of its readings."""
