"""Tables that others keep in spreadsheets and CSV files, read into a plan, and the spreadsheet to fill in for it.

Nothing heavy is imported with this room: openpyxl and xlrd come with the first file that needs them.
"""
