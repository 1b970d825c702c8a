"""The file-name extensions Immich takes, for where no server has told yet (protocol section 2)."""

IMAGE_NAMES = (
    "3fr ari arw avif bmp cap cin cr2 cr3 crw dcr dng erf fff gif heic heif hif iiq insp jp2 jpe"
    " jpeg jpg jxl k25 kdc mrw nef nrw orf ori pef png psd raf raw rw2 rwl sr2 srf srw svg tif"
    " tiff webp x3f"
)
VIDEO_NAMES = "3gp 3gpp avi flv insv m2t m2ts m4v mkv mov mp4 mpe mpeg mpg mts mxf ts vob webm wmv"
IMAGE = tuple(f".{name}" for name in IMAGE_NAMES.split())
IMAGE_SINCE_V3 = (".mpo",)
VIDEO = tuple(f".{name}" for name in VIDEO_NAMES.split())
SIDECAR = (".xmp",)
