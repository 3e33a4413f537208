"""What reading and writing cost as history grows: the real topics and the real ingest on databases of several sizes.

One embedded server, as it comes and with fsync on, holds a database of each size (`databases`). Topics are read in
rounds that go through all sizes, so that what else the machine does falls upon all alike (`reads`); then the same
questions are asked in plain SQL over the facts (`naive`), which is the baseline; then events are written (`writes`).
"""
