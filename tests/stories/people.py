"""Who the stories are about: ids of the shipped world."""

ANN, BEN, CLEO, DEV = "U0ANN", "U0BEN", "U0CLEO", "U0DEV"
ELI, FAY, GUS = "U0ELI", "U0FAY", "U0GUS"
HANA, KIT, NORA = "U0HANA", "U0KIT", "U0NORA"
GUEST, OUTSIDER, GONE = "U0GUEST", "U0OUT", "U0GONE"
THIRTEEN = (
    "U0ANN", "U0BEN", "U0CLEO", "U0DEV", "U0ELI", "U0FAY", "U0GUS",
    "U0HANA", "U0IAN", "U0JOY", "U0KIT", "U0LENA", "U0MAX",
)  # fmt: skip
BRAND = "TidewellGyms"
