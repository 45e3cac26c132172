__curPos.nothing
