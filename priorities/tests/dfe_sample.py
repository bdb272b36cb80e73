"""A file in the layout of the Department for Education's data service, made up for the tests."""

HEADINGS = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,"
    "old_la_code,new_la_code,la_name,category,At31_episodes,awaiting_assessment,rate_percent"
)
LINES = (
    "2023,Reporting year,National,E92000001,England,,,,,,Children in Need,403090,15830,8.1",
    "2023,Reporting year,Regional,E92000001,England,E12000005,West Midlands,,,,Children in Need,45120,c,8.25",
    "2023,Reporting year,Regional,E92000001,England,E12000001,North East,,,,Children in Need,24470,720,9",
    "2023,Reporting year,Local authority,E92000001,England,E12000005,West Midlands,860,E10000028,Northshire,"
    "Children in Need,5454,432,7.5",
    "2023,Reporting year,Local authority,E92000001,England,E12000005,West Midlands,861,E06000021,"
    '"Southport, City of",Children in Need,3875,59,x',
    "2022,Reporting year,National,E92000001,England,,,,,,Children in Need,404310,18160,u",
    "2022,Reporting year,Regional,E92000001,England,E12000005,West Midlands,,,,Children in Need,44500,2100,low",
    "2022,Reporting year,Local authority,E92000001,England,E12000005,West Midlands,860,E10000028,Northshire,"
    "Children in Need,4907,c,z",
    "2022,Reporting year,Local authority,E92000001,England,E12000005,West Midlands,861,E06000021,"
    '"Southport, City of",Children in Need,3533,33,6',
)


def dfe_file(*lines: str) -> bytes:
    """The sample with these lines, or with its own."""
    return "\r\n".join([HEADINGS, *(lines or LINES), ""]).encode()
