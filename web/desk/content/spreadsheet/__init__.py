"""Content as a table for a spreadsheet, and back: nothing is kept before its dry run was seen."""
