"""Output formats: each turns a header and account results into a stream of text, prints nothing and opens no file."""
