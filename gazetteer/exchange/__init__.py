"""Exchange of names with other databases (地名数据交换): the national database, the provincial platform.

fields, codes, records   our names in the national fields, with 20-digit codes
matching, queue          a national export compared, and the queue of differences
package, push            what goes out: the change package, the provincial push
"""
