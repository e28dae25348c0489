"""The Windows program, built and really run under Wine; docs/windows.md."""
