"""What is said to the author: one diagnostic, their order, and the word that was probably meant."""
