"list ${[ 1 ]}"
