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
NEIGHBOURS = tuple(
    f"{year},Reporting year,Local authority,E92000001,England,E12000005,West Midlands,{number},E060000{number},{name},"
    f"Children in Need,{figures}"
    for year, number, name, figures in (
        (2023, 31, "Eastport", "1000,c,7"),
        (2023, 32, "Westport", "1001,10,7.5"),
        (2023, 33, "Midport", "1001,11,8"),
        (2022, 31, "Eastport", "1000,c,z"),
        (2022, 32, "Westport", "c,x,low"),
        (2022, 33, "Midport", "3000,0,u"),
    )
)
"""Lines of three more authorities, for the end of the sample."""


def dfe_file(*lines: str) -> bytes:
    """The sample with these lines, or with its own."""
    return "\r\n".join([HEADINGS, *(lines or LINES), ""]).encode()
