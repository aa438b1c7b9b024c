"""What machines read: feeds, calendars, open data, site maps, headers, structured data.

Pure functions of the context; the Pelican adapters beside this package only register them.
"""
