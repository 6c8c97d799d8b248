"""The rules: what each computes, and the checks that act as a critical friend. Records in, results and findings out."""
