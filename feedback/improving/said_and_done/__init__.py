"""The public page of what customers said and what the shop did about it: no sign-in, and no word about anybody."""
