"""Code lists of the cemetery section. Sources: domain.md 5 (PP 9/1987, city regulations, registers in use)."""

from __future__ import annotations

from desktop_app.core.fields import Codes

CEMETERY_KIND = Codes(
    PUBLIC=("Umum (TPU)", "Public"),
    NON_PUBLIC=("Bukan umum", "Non-public"),
    SPECIAL=("Khusus", "Special"),
    HEROES=("Makam pahlawan", "Heroes' cemetery"),
)
RELIGION_SCOPE = Codes(
    MUSLIM=("Muslim", "Muslim"), NON_MUSLIM=("Nonmuslim", "Non-Muslim"), MIXED=("Campuran", "Mixed")
)
MANAGER = Codes(
    CITY=("Pemerintah kota", "City"),
    KELURAHAN=("Kelurahan", "Urban village"),
    COMMUNITY=("Rukun kematian", "Community"),
    FOUNDATION=("Yayasan", "Foundation"),
)
LAND_STATUS = Codes(
    CITY_ASSET=("Aset kota", "City asset"),
    CERTIFICATE_HP=("Hak pakai", "Right of use"),
    WAQF=("Tanah wakaf", "Waqf land"),
    BORROWED=("Pinjam pakai", "On loan"),
    DEVELOPER_HANDOVER=("Serah terima PSU", "Handed over by a developer"),
    DISPUTE=("Sengketa", "Disputed"),
    UNKNOWN=("Belum diketahui", "Not known yet"),
)
FACILITY = Codes(
    ACCESS_ROAD=("Jalan akses", "Access road"),
    FENCE=("Pagar", "Fence"),
    GATE=("Gerbang", "Gate"),
    GUARD_POST=("Pos jaga", "Guard post"),
    BIN=("Tempat sampah", "Waste bins"),
    DRAIN=("Saluran air", "Drain"),
    TOILET=("WC", "Toilet"),
    MUSHOLA=("Mushola", "Prayer room"),
    PARKING=("Parkir", "Parking"),
    TOOL_SHED=("Gudang alat", "Tool shed"),
    LIGHTING=("Penerangan", "Lighting"),
    SEATING=("Tempat duduk", "Seating"),
    OFFICE=("Bangunan administrasi", "Office building"),
)
_RELIGIONS = {
    "ISLAM": ("Islam", "Islam"),
    "PROTESTAN": ("Kristen Protestan", "Protestant"),
    "KATOLIK": ("Katolik", "Catholic"),
    "HINDU": ("Hindu", "Hindu"),
    "BUDDHA": ("Buddha", "Buddhist"),
    "KONGHUCU": ("Konghucu", "Confucian"),
    "KEPERCAYAAN": ("Kepercayaan terhadap Tuhan YME", "Native belief"),
}
RELIGION = Codes({**_RELIGIONS, "UNKNOWN": ("Tidak diketahui", "Unknown")})
BLOCK_RELIGION = Codes({**_RELIGIONS, "MIXED": ("Campuran", "Mixed")})
TARIFF_CLASS = Codes(
    A=("Kelas A", "Class A"),
    B=("Kelas B", "Class B"),
    C=("Kelas C", "Class C"),
    D=("Kelas D", "Class D"),
    E=("Kelas E", "Class E"),
)
PLOT_TYPE = Codes(
    SINGLE=("Tunggal", "Single"),
    STACKED=("Tumpang", "Stacked"),
    FAMILY=("Keluarga", "Family"),
    CHILD=("Anak", "Child"),
    RESERVED=("Cadangan", "Reserved"),
    MASS=("Massal", "Mass grave"),
    URN=("Abu", "Urn"),
)
BURIAL_KIND = Codes(
    NEW=("Baru", "New"),
    STACKED=("Tumpang", "Stacked"),
    REBURIAL=("Pindahan masuk", "Reburial"),
    ASH=("Abu", "Ashes"),
)
SEX = Codes(M=("Laki-laki", "Male"), F=("Perempuan", "Female"), UNKNOWN=("Tidak diketahui", "Unknown"))
CITIZENSHIP = Codes(WNI=("WNI", "Indonesian"), WNA=("WNA", "Foreign"))
RESIDENCY = Codes(
    RESIDENT=("Warga kota", "Resident of the city"), NON_RESIDENT=("Bukan warga kota", "Not a resident")
)
RELATIONSHIP = Codes(
    SPOUSE=("Suami/istri", "Spouse"),
    CHILD=("Anak", "Child"),
    PARENT=("Orang tua", "Parent"),
    SIBLING=("Saudara kandung", "Sibling"),
    GRANDCHILD=("Cucu", "Grandchild"),
    GRANDPARENT=("Kakek/nenek", "Grandparent"),
    IN_LAW=("Menantu/mertua", "In-law"),
    NEPHEW_NIECE=("Keponakan", "Nephew or niece"),
    NEIGHBOR_RT=("RT/RW/tetangga", "Neighbour, RT or RW"),
    INSTITUTION=("Dinas sosial/yayasan", "Institution"),
)
BURIAL_SERVICE = Codes(
    DIGGING=("Gali makam", "Grave digging"), HEARSE=("Mobil jenazah", "Hearse"), TENT=("Tenda", "Tent")
)
PERMIT_TYPE = Codes(
    NEW=("Baru", "New"),
    RENEWAL=("Perpanjangan/daftar ulang", "Renewal"),
    STACKED=("Tumpang", "Stacked"),
    RESERVATION=("Cadangan", "Reservation"),
    TRANSFER=("Ganti ahli waris", "Change of heir"),
    EXHUMATION=("Pemindahan", "Exhumation"),
)
REQUIREMENT = Codes(
    HEIR_KTP=("KTP ahli waris", "Identity card of the heir"),
    DECEASED_KTP=("KTP almarhum/ah", "Identity card of the deceased"),
    FAMILY_CARD=("Kartu keluarga", "Family card"),
    VILLAGE_LETTER=("SK kematian kelurahan", "Death letter of the village"),
    MEDICAL_LETTER=("SK puskesmas/RS", "Letter of clinic or hospital"),
    SKTM=("SKTM", "Poverty letter"),
    HEIR_STATEMENT=("Surat pernyataan ahli waris", "Statement of the heir"),
    CONSENT=("Surat persetujuan", "Consent letter"),
    OLD_PERMIT=("IPTM lama", "Old permit"),
)
LEVY_SERVICE = Codes(
    PLOT=("Pemakaian tanah makam", "Use of the plot"),
    RENEWAL=("Perpanjangan", "Renewal"),
    STACKING=("Tumpang", "Stacking"),
    RESERVATION=("Cadangan", "Reservation"),
    DIGGING=("Gali makam", "Grave digging"),
    HEARSE=("Mobil jenazah", "Hearse"),
    OTHER=("Lainnya", "Other"),
)
PAYMENT_STATUS = Codes(
    UNPAID=("Belum dibayar", "Unpaid"),
    PAID=("Lunas", "Paid"),
    WAIVED=("Dibebaskan", "Waived"),
    CANCELLED=("Dibatalkan", "Cancelled"),
    REFUNDED=("Dikembalikan", "Refunded"),
)
PAYMENT_CHANNEL = Codes(
    CASH=("Bendahara (tunai)", "Cash"),
    BANK=("Bank", "Bank"),
    QRIS=("QRIS", "QRIS"),
    VA=("Virtual account", "Virtual account"),
)
VALIDITY = Codes(
    NOT_YET=("Belum berlaku", "Not valid yet"),
    VALID=("Berlaku", "Valid"),
    EXPIRING=("Akan habis", "Expiring"),
    EXPIRED=("Sudah lewat", "Past its end"),
)
