"""What Pelita can do, as functions that window and command line call alike: no Qt, no SQL."""
