"""The Qt skin: shows what services return, and asks. Holds no rules and no queries."""
