"""`python -m groove_dashboard` is the command `groove-dashboard`."""

from groove_dashboard.cli import main

if __name__ == "__main__":
    main(prog_name="groove-dashboard")
