"""The scripts that make a snapshot with the AWS CLI, made from the table of exports."""
