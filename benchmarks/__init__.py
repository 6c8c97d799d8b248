"""How fast it is: what is measured, and how to measure it again."""
