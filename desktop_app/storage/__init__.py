"""Where records are kept: tables derived from the kinds, one door for reading and one for writing. No Qt; plain data comes out."""
