"""rdlib: the ten rules of Results and Delivery as a workbook, one delivery plan on disk, and reports made from it.

The package has rooms, and each imports only from those named before it: `rdlib.plan` (the records of a delivery plan
and their files), `rdlib.rules` (what each rule computes and checks), `rdlib.figures` (the pictures), and then, side by
side, `rdlib.widgets` (the exercises as a person touches them) and `rdlib.reports`. Importing `rdlib` itself loads
nothing else, so that the command line answers at once.
"""

__version__ = "0.1.0"
