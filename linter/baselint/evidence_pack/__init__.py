"""The evidence pack: exports, policy and reports in one file that can be judged again, byte for byte."""
