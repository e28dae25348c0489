"""Code lists of the slum section. Sources: domain.md 6 (Permen PUPR 14/PRT/M/2018 and forms in use)."""

from __future__ import annotations

from desktop_app.core.fields import Codes

CRITERIA = Codes(
    {
        "1a": ("Ketidakteraturan bangunan (unit)", "Irregular buildings (units)"),
        "1b": ("Kepadatan bangunan tidak sesuai RTR (ha)", "Building density against the spatial plan (ha)"),
        "1c": (
            "Bangunan tidak memenuhi syarat teknis (unit)",
            "Buildings below technical requirements (units)",
        ),
        "2a": ("Jalan lingkungan tidak terlayani (m)", "Not served by neighbourhood roads (m)"),
        "2b": ("Permukaan jalan buruk (m)", "Bad road surface (m)"),
        "3a": ("Tidak ada akses aman air minum (KK)", "No access to safe water (households)"),
        "3b": ("Kebutuhan air minum tidak terpenuhi (KK)", "Need for water not met (households)"),
        "4a": ("Genangan (ha)", "Ponding (ha)"),
        "4b": ("Drainase tidak tersedia (m)", "No drainage (m)"),
        "4c": ("Konstruksi drainase buruk (m)", "Badly built drainage (m)"),
        "5a": (
            "Sistem air limbah tidak sesuai standar (KK)",
            "Wastewater system below standard (households)",
        ),
        "5b": ("Sarana air limbah tidak sesuai (KK)", "Wastewater facilities below standard (households)"),
        "6a": ("Sarana persampahan tidak sesuai (KK)", "Waste facilities below standard (households)"),
        "6b": (
            "Pengelolaan sampah tidak sesuai standar (KK)",
            "Waste management below standard (households)",
        ),
        "7a": ("Tidak ada prasarana proteksi kebakaran (unit)", "No fire protection network (units)"),
        "7b": ("Tidak ada sarana proteksi kebakaran (unit)", "No fire protection equipment (units)"),
    }
)
LEVEL = Codes(
    KB=("Kumuh berat", "Severe slum"),
    KS=("Kumuh sedang", "Moderate slum"),
    KR=("Kumuh ringan", "Light slum"),
    TK=("Tidak kumuh", "Not a slum"),
)
METHOD = Codes(
    PUPR14_2018_16C=("16 kriteria (Permen PUPR 14/2018)", "16 criteria (Permen PUPR 14/2018)"),
    PUPR02_2016_19C=("19 kriteria (Permen PUPR 02/2016)", "19 criteria (Permen PUPR 02/2016)"),
    OTHER=("Cara lain", "Another method"),
)
STAGE = Codes(BASELINE=("Awal", "Baseline"), FINAL=("Akhir", "Final"))
TYPOLOGY = Codes(
    ABOVE_WATER=("Di atas air", "Above water"),
    WATERSIDE=("Tepi air", "Waterside"),
    LOWLAND=("Dataran rendah", "Lowland"),
    HILL=("Perbukitan", "Hills"),
    DISASTER_PRONE=("Rawan bencana", "Disaster-prone"),
)
TENURE = Codes(LEGAL=("Legal", "Legal"), ILLEGAL=("Ilegal", "Illegal"), MIXED=("Campuran", "Mixed"))
SPATIAL_FIT = Codes(
    SESUAI=("Sesuai RTRW", "Fits the spatial plan"), TIDAK=("Tidak sesuai RTRW", "Does not fit")
)
PHASE = Codes(
    PLANNING=("Perencanaan", "Planning"),
    CONSTRUCTION=("Pembangunan", "Construction"),
    USE=("Pemanfaatan", "Use"),
    CONTROL=("Pengendalian", "Control"),
)
HANDLING = Codes(
    PEMUGARAN=("Pemugaran", "Restoration"),
    PEREMAJAAN=("Peremajaan", "Renewal"),
    PERMUKIMAN_KEMBALI=("Permukiman kembali", "Resettlement"),
    PENCEGAHAN=("Pencegahan", "Prevention"),
)
SLUM_FUNDING = Codes(
    APBN=("APBN", "National budget"),
    APBD_PROV=("APBD Provinsi", "Provincial budget"),
    APBD_KOTA=("APBD Kota", "City budget"),
    DAK=("DAK", "Special allocation fund"),
    DANA_KELURAHAN=("Dana Kelurahan", "Village fund"),
    CSR=("CSR", "Corporate donation"),
    SWADAYA=("Swadaya masyarakat", "Community's own means"),
    BSPS=("BSPS", "Housing stimulus (BSPS)"),
    KOTAKU=("KOTAKU/BPM", "KOTAKU/BPM"),
    OTHER=("Lainnya", "Other"),
)
UNIT = Codes(UNIT=("unit", "units"), HA=("ha", "ha"), M=("m", "m"), KK=("KK", "households"))
TARGET_LEVEL = Codes(CITY=("Kota", "City"), DISTRICT=("Kecamatan", "District"))
