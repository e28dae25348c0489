"""Code lists of street lighting. Sources: domain.md 3.1.1 to 3.1.5."""

from __future__ import annotations

from desktop_app.core.fields import Codes

OWNER = Codes(
    CITY=("Pemerintah kota", "City"),
    PROVINCE=("Pemerintah provinsi", "Province"),
    NATIONAL=("Pemerintah pusat", "National government"),
    VILLAGE=("Aset desa", "Village"),
    COMMUNITY=("Swadaya masyarakat", "Community"),
    DEVELOPER=("Pengembang", "Developer"),
)
POLE_TYPE = Codes(
    OCTAGONAL=("Oktagonal", "Octagonal"),
    ROUND=("Bulat/pipa", "Round"),
    CONCRETE=("Beton", "Concrete"),
    PLN_SHARED=("Menumpang tiang PLN", "On a PLN pole"),
    TELCO_SHARED=("Menumpang tiang telekomunikasi", "On a telecom pole"),
    DECORATIVE=("Dekoratif/antik", "Decorative"),
    HIGHMAST=("High mast", "High mast"),
    WALL=("Dinding", "Wall"),
    WOOD=("Kayu", "Wood"),
    BAMBOO=("Bambu", "Bamboo"),
)
ARM_TYPE = Codes(
    SINGLE=("Tunggal", "Single"), DOUBLE=("Ganda", "Double"), MULTI=("Lebih dari dua", "Multiple")
)
ROAD_STATUS = Codes(
    NATIONAL=("Jalan nasional", "National road"),
    PROVINCIAL=("Jalan provinsi", "Provincial road"),
    CITY=("Jalan kota", "City road"),
    VILLAGE=("Jalan lingkungan/desa", "Neighbourhood road"),
    PRIVATE=("Jalan pribadi", "Private road"),
)
ROAD_FUNCTION = Codes(
    ARTERIAL=("Arteri", "Arterial"),
    COLLECTOR=("Kolektor", "Collector"),
    LOCAL=("Lokal", "Local"),
    ENVIRONMENTAL=("Lingkungan", "Neighbourhood"),
)
ROAD_SIDE = Codes(
    LEFT=("Kiri", "Left"), RIGHT=("Kanan", "Right"), MEDIAN=("Median", "Median"), BOTH=("Kedua sisi", "Both")
)
POLE_CONDITION = Codes(
    GOOD=("Baik", "Good"),
    LEANING=("Miring", "Leaning"),
    CORRODED=("Keropos", "Corroded"),
    BROKEN=("Patah/roboh", "Broken"),
    MISSING=("Hilang", "Missing"),
    UNKNOWN=("Belum diperiksa", "Not checked yet"),
)
LAMP_TYPE = Codes(
    LED=("LED", "LED"),
    HPS=("HPS/SON (sodium tekanan tinggi)", "High-pressure sodium (HPS, SON)"),
    LPS=("LPS/SOX (sodium tekanan rendah)", "Low-pressure sodium (LPS, SOX)"),
    MERCURY=("Merkuri (HPL/ML)", "Mercury (HPL, ML)"),
    METAL_HALIDE=("Metal halide (HPI/MH)", "Metal halide (HPI, MH)"),
    CFL=("SL/LHE", "Compact fluorescent"),
    FLUORESCENT=("TL", "Fluorescent tube"),
    INCANDESCENT=("Pijar", "Incandescent"),
    SOLAR_LED=("LED tenaga surya (PJUTS)", "Solar LED"),
    OTHER=("Lainnya", "Other"),
)
LAMP_KIND = Codes(
    STREET=("Jalan", "Street"),
    PARK=("Taman", "Park"),
    DECORATIVE=("Hias", "Decorative"),
    BRIDGE=("Jembatan", "Bridge"),
    HIGHMAST=("High mast", "High mast"),
    TUNNEL=("Terowongan", "Tunnel"),
)
OPERATING_STATUS = Codes(
    ON=("Menyala", "On"),
    OFF=("Padam", "Off"),
    FLICKER=("Kedip", "Flickering"),
    DIM=("Redup", "Dim"),
    DAY_BURNER=("Menyala siang", "Burns by day"),
    REMOVED=("Sudah dibongkar", "Removed"),
    UNKNOWN=("Tidak diketahui", "Unknown"),
)
CATEGORY = Codes(
    LAMP_OUT=("Lampu padam", "Lamp out"),
    LAMP_GROUP_OUT=("Padam berkelompok", "Group of lamps out"),
    FLICKER=("Lampu kedip", "Flickering"),
    DAY_BURNER=("Menyala siang", "Burns by day"),
    POLE_DAMAGED=("Tiang rusak", "Pole damaged"),
    CABLE_HAZARD=("Kabel menjuntai", "Hanging cable"),
    PANEL_FAULT=("Gangguan panel", "Panel fault"),
    THEFT=("Pencurian", "Theft"),
    NEW_REQUEST=("Usulan baru", "New lamp asked for"),
)
ORDER_TYPE = Codes(
    CORRECTIVE=("Perbaikan", "Repair"),
    PREVENTIVE=("Pemeliharaan rutin", "Routine maintenance"),
    INSPECTION=("Pemeriksaan", "Inspection"),
    INSTALLATION=("Pemasangan baru", "New installation"),
    REMOVAL=("Pembongkaran/pemindahan", "Removal"),
    EMERGENCY=("Darurat", "Emergency"),
)
FAULT_COMPONENT = Codes(
    LAMP=("Lampu/modul LED", "Lamp or LED module"),
    DRIVER=("Driver / ballast", "Driver or ballast"),
    MCB=("MCB", "Breaker"),
    TIMER=("Timer", "Timer"),
    PHOTOCELL=("Fotosel", "Photocell"),
    CONTACTOR=("Kontaktor", "Contactor"),
    CABLE_OVERHEAD=("Kabel udara", "Overhead cable"),
    CABLE_UNDERGROUND=("Kabel tanah", "Underground cable"),
    FUSE=("Sekering", "Fuse"),
    SPD=("Antipetir", "Surge protection"),
    METER=("Meter", "Meter"),
    POLE=("Tiang", "Pole"),
    ARM=("Lengan", "Arm"),
    PANEL_BOX=("Box panel", "Panel box"),
    BATTERY=("Baterai", "Battery"),
    SOLAR_PANEL=("Panel surya", "Solar panel"),
    SUPPLY_PLN=("Pasokan PLN", "PLN supply"),
    NONE_FOUND=("Tidak ditemukan kerusakan", "No fault found"),
)
FAULT_CAUSE = Codes(
    AGE=("Usia", "Age"),
    LIGHTNING=("Petir", "Lightning"),
    INSECT=("Semut/serangga", "Insects"),
    WATER=("Air/kelembapan", "Water"),
    THEFT=("Pencurian", "Theft"),
    VANDALISM=("Perusakan", "Vandalism"),
    COLLISION=("Tertabrak", "Collision"),
    TREE=("Tertimpa/tertutup pohon", "Tree"),
    OVERLOAD=("Beban lebih", "Overload"),
    SHORT=("Korsleting", "Short circuit"),
    NO_VOLTAGE=("Hilang tegangan", "No voltage"),
    PLN_OUTAGE=("Padam dari PLN", "PLN outage"),
    INSTALLATION=("Kesalahan pemasangan", "Faulty installation"),
    UNKNOWN=("Tidak diketahui", "Unknown"),
)
ACTION = Codes(
    REPLACE=("Ganti", "Replaced"),
    REPAIR=("Perbaiki", "Repaired"),
    RESET=("Nyalakan ulang", "Reset"),
    CLEAN=("Bersihkan", "Cleaned"),
    RECONNECT=("Sambung kembali", "Reconnected"),
    REALIGN=("Luruskan", "Realigned"),
    TEMPORARY=("Perbaikan sementara", "Temporary repair"),
    NO_ACTION=("Tanpa tindakan", "No action"),
    REFER_PLN=("Diteruskan ke PLN", "Referred to PLN"),
    REFER_OTHER=("Diteruskan ke instansi lain", "Referred elsewhere"),
)
RESULT = Codes(
    FIXED=("Menyala", "Fixed"),
    PARTIAL=("Sebagian menyala", "Partly fixed"),
    NOT_FIXED=("Belum menyala", "Not fixed"),
    NOT_FOUND=("Lokasi tidak ditemukan", "Not found"),
)
HOLD_REASON = Codes(
    MATERIAL=("Menunggu material", "Waiting for material"),
    VEHICLE=("Menunggu kendaraan", "Waiting for a vehicle"),
    WEATHER=("Cuaca", "Weather"),
    PLN=("Menunggu PLN", "Waiting for PLN"),
    PERMIT=("Menunggu izin", "Waiting for a permit"),
    BUDGET=("Anggaran", "Budget"),
    ACCESS=("Akses lokasi", "Access"),
    OTHER=("Lainnya", "Other"),
)
REFERRED_TO = Codes(
    PLN=("PLN", "PLN"),
    BPTD=("BPTD (jalan nasional)", "BPTD (national roads)"),
    PROVINCE=("Pemerintah provinsi", "Province"),
    OTHER=("Instansi lain", "Another agency"),
)
