"""What a plate looks like (牌面): the words on it, their places in millimetres, SVG of one, PDF of many at true size."""
