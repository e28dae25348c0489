"""The command line: a public interface over the services. Exit code 0 done, 1 refused, 2 wrong usage."""
