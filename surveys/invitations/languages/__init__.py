"""The languages customers are written to: the pages where they are read, reviewed and switched on."""
