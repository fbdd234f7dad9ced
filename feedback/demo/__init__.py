"""The demo shop: a believable year made by calling the house's own verbs with past times;
exists only while its marker row exists.
"""
