"""Mail that comes in: bounces and complaints stop mail, replies become answers, the rest is listed.

What an address came to by its bounces is kept in `surveys.permission`. Nothing here writes to
anybody, so no automatic mail is ever answered.
"""
