"""What an operator does with the records: back them up, restore them, look whether they are well, repair them."""
