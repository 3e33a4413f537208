"""A seeded synthetic pipeline that looks alive: a history first, then a few facts every second.

Everything is a pure function of the seed and of a moment, ids included, so that a restart repeats the ids it has
written before and the ingest ignores them.
"""
