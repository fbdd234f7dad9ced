"""The languages customers are written to: who has read their sentences, and whether the shop uses them."""
