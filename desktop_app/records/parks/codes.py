"""Code lists of parks and green space. Sources: domain.md 4.1."""

from __future__ import annotations

from decimal import Decimal as Number

from desktop_app.core.fields import Codes

RTH_TYPE = Codes(
    NEIGHBOURHOOD_RT=("Taman RT", "Neighbourhood park (RT)"),
    NEIGHBOURHOOD_RW=("Taman RW", "Neighbourhood park (RW)"),
    VILLAGE=("Taman kelurahan", "Village park"),
    DISTRICT=("Taman kecamatan", "District park"),
    CITY=("Taman kota", "City park"),
    CITY_FOREST=("Hutan kota", "City forest"),
    GREEN_STRIP=("Jalur hijau", "Green strip"),
    MEDIAN=("Median jalan", "Road median"),
    ROUNDABOUT=("Bundaran/pulau jalan", "Roundabout"),
    SPORT_FIELD=("Lapangan", "Sports field"),
    CEMETERY_GREEN=("RTH pemakaman", "Cemetery green"),
    RIVER_BUFFER=("Sempadan", "River buffer"),
    PLAYGROUND=("Taman bermain", "Playground"),
    MONUMENT=("Tugu/gapura", "Monument"),
    NURSERY=("Kebun bibit", "Nursery"),
)
MINIMUM_AREA_M2 = {
    "NEIGHBOURHOOD_RT": Number(250),
    "NEIGHBOURHOOD_RW": Number(1_250),
    "VILLAGE": Number(9_000),
    "DISTRICT": Number(24_000),
    "CITY": Number(144_000),
}
"""Standard sizes in m² (Permen PU 05/2008, since superseded: warnings only)."""

ACTIVE_PASSIVE = Codes(ACTIVE=("Aktif", "Active"), PASSIVE=("Pasif", "Passive"))
LAND_STATUS = Codes(
    CITY_ASSET=("Aset kota", "City asset"),
    CERTIFICATE_HP=("Sertifikat hak pakai", "Right-of-use certificate"),
    BORROWED=("Pinjam pakai", "On loan"),
    DEVELOPER_HANDOVER=("Serah terima PSU", "Handed over by a developer"),
    DISPUTE=("Sengketa", "In dispute"),
    UNKNOWN=("Tidak diketahui", "Unknown"),
)
MANAGER = Codes(
    AGENCY=("Dinas", "Agency"), CSR=("Mitra CSR", "CSR partner"), COMMUNITY=("Masyarakat", "Community")
)
MAINTENANCE_CLASS = Codes(
    A=("A (harian)", "A (daily)"), B=("B (mingguan)", "B (weekly)"), C=("C (bulanan)", "C (monthly)")
)
ACTIVITY = Codes(
    SWEEPING=("Penyapuan", "Sweeping"),
    WATERING=("Penyiraman", "Watering"),
    WEEDING=("Penyiangan", "Weeding"),
    SOIL_LOOSENING=("Pendangiran", "Soil loosening"),
    MOWING=("Pemotongan rumput", "Mowing"),
    SHRUB_TRIM=("Pemangkasan semak/perdu", "Shrub trimming"),
    TREE_PRUNING=("Pemangkasan pohon", "Tree pruning"),
    FERTILIZING=("Pemupukan", "Fertilizing"),
    REPLANTING=("Penyulaman", "Replanting"),
    PLANTING=("Penanaman", "Planting"),
    PEST_CONTROL=("Pengendalian hama", "Pest control"),
    DRAIN_CLEANING=("Pembersihan selokan", "Drain cleaning"),
    PAINTING=("Pengecatan", "Painting"),
    FACILITY_REPAIR=("Perbaikan fasilitas", "Facility repair"),
    WASTE_HAUL=("Angkut sampah", "Waste hauling"),
    TREE_FELLING=("Penebangan", "Tree felling"),
    FALLEN_TREE=("Evakuasi pohon tumbang", "Fallen tree"),
)
FREQUENCY = Codes(
    DAILY=("Setiap hari", "Daily"),
    TIMES_PER_WEEK=("Beberapa kali seminggu", "Times a week"),
    WEEKLY=("Setiap minggu", "Weekly"),
    EVERY_N_DAYS=("Setiap beberapa hari", "Every few days"),
    MONTHLY=("Setiap bulan", "Monthly"),
    QUARTERLY=("Setiap tiga bulan", "Quarterly"),
    SEMIANNUAL=("Setiap enam bulan", "Half-yearly"),
    ANNUAL=("Setiap tahun", "Yearly"),
    AS_NEEDED=("Bila perlu", "As needed"),
)
VOLUME_UNIT = Codes(
    M2=("m²", "m²"),
    M=("m", "m"),
    TREE=("pohon", "trees"),
    TRIP=("rit", "trips"),
    KG=("kg", "kg"),
    LITRE=("liter", "litres"),
    POINT=("titik", "points"),
)
RESULT = Codes(
    DONE=("Terlaksana", "Done"), PARTIAL=("Sebagian", "Partly done"), SKIPPED=("Tidak dikerjakan", "Skipped")
)
SKIP_REASON = Codes(
    RAIN=("Hujan", "Rain"),
    NO_VEHICLE=("Tidak ada kendaraan", "No vehicle"),
    NO_WORKERS=("Tidak ada tenaga", "No workers"),
    EVENT=("Ada acara", "Event"),
    HOLIDAY=("Hari libur", "Holiday"),
)
TREE_CATEGORY = Codes(
    TREE_PRUNE=("Pangkas pohon", "Prune a tree"),
    TREE_FELL=("Tebang pohon", "Fell a tree"),
    TREE_FALLEN=("Pohon tumbang", "Fallen tree"),
)
CONFLICT = Codes(
    POWER_LINE=("Kabel listrik", "Power line"),
    LAMP_SHADE=("Menutupi lampu jalan", "Shades a streetlight"),
    SIGN=("Menutupi rambu", "Hides a sign"),
    BUILDING=("Bangunan", "Building"),
    SIDEWALK_ROOT=("Akar merusak trotoar", "Roots break the pavement"),
    DRAIN=("Saluran air", "Drain"),
)
SPECIES = Codes(
    ANGSANA=("Angsana", "Angsana"),
    TREMBESI=("Trembesi", "Rain tree"),
    MAHONI=("Mahoni", "Mahogany"),
    GLODOKAN_TIANG=("Glodokan tiang", "Mast tree"),
    TANJUNG=("Tanjung", "Spanish cherry"),
    KETAPANG_KENCANA=("Ketapang kencana", "Madagascar almond"),
    BERINGIN=("Beringin", "Banyan"),
    FLAMBOYAN=("Flamboyan", "Flame tree"),
    TABEBUYA=("Tabebuya", "Trumpet tree"),
    PULE=("Pule", "Blackboard tree"),
    SONO=("Sono", "Rosewood"),
    PALEM_RAJA=("Palem raja", "Royal palm"),
    OTHER=("Lainnya", "Other"),
)
HEALTH = Codes(
    HEALTHY=("Sehat", "Healthy"), FAIR=("Cukup", "Fair"), POOR=("Merana", "Poor"), DEAD=("Mati", "Dead")
)
RISK = Codes(
    LOW=("Rendah", "Low"),
    MEDIUM=("Sedang", "Medium"),
    HIGH=("Tinggi", "High"),
    EXTREME=("Sangat tinggi", "Extreme"),
)
SURVEY_RESULT = Codes(
    APPROVE_PRUNE=("Disetujui dipangkas", "Prune"),
    APPROVE_FELL=("Disetujui ditebang", "Fell"),
    REJECT=("Ditolak", "Reject"),
    REFER_PLN=("Diteruskan ke PLN", "Refer to PLN"),
)
COST_BEARER = Codes(
    AGENCY=("Dinas", "Agency"),
    APPLICANT=("Pemohon", "Applicant"),
    PLN=("PLN", "PLN"),
    OTHER=("Lainnya", "Other"),
)
