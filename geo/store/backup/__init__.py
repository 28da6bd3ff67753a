"""One file that holds the whole register (备份): made, checked, put back.

making     dump the database and pack it with the attachments
checking   read every byte again before anything is believed
restoring  into a database of its own, swapped in when it is whole
"""

from geo.store.backup.checking import check
from geo.store.backup.making import back_up
from geo.store.backup.manifest import Manifest
from geo.store.backup.restoring import put_back
from geo.store.backup.thinning import thin_out

__all__ = ["Manifest", "back_up", "check", "put_back", "thin_out"]
