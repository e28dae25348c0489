"""The heart of Pelita: what a record is, how what people write is read, and which rules hold. No Qt, no SQL, no files."""
