"""Keeping the house running: health, figures for machines, the doctor, backups, and the hold on mail."""
