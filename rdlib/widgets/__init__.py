"""The exercises as a person touches them: forms bound to a part of a plan. The only room that knows ipywidgets."""
