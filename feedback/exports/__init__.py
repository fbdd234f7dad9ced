"""Exports: answers, tasks and the figures of a page as files for spreadsheets and programs.

`tables` say what is in them, `files` and `workbook` how it is written, `columns` what each column means. `gathering` and
`summing` fill them, `noting` keeps account of who took what.
"""
