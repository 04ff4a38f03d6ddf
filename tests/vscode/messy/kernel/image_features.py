import pandas as pd
import numpy as np
# from PIL import Image

meta = pd.read_csv('/home/lena/avito/input/image_meta.csv')


def dullness(table):
    # shade = np.average(table['pixels'])
    # table['dull'] = shade < 40
    # return table
    table['dull'] = table['brightness'] < 0.37
    return table


meta = dullness(meta)
# meta = meta.dropna()
# meta.to_pickle('meta.pkl')
meta.to_csv('/home/lena/avito/input/image_features.csv', index=False)
print(np.mean(meta['dull']))
