"""Pictures and static faces: SVG, HTML and charts, each with a text that says what it shows."""
